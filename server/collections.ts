import type { Connection } from 'mongoose';
import type {
  ApiKey,
  ComplaintContact,
  CriteriaDocument,
  HolidayYear,
  LabelScheme,
  Letter,
  ProductGroup,
  Province,
  RecognitionAgreement,
  SavedSearches,
  Session,
  Target,
} from '../schemas/types.d.ts';
import type { StoredMembership } from './accounts/memberships.service.ts';
import { apiKeyModel, letterModel, membershipModel, sessionModel, signUpModel } from './accounts/model.ts';
import type { StoredSignUp } from './accounts/sign-ups.service.ts';
import { applicationModel } from './applications/model.ts';
import type { StoredApplication } from './applications/dossier.rules.ts';
import { productModel } from './catalogue/model.ts';
import type { StoredProduct } from './catalogue/service.ts';
import { certificateModel } from './certificates/model.ts';
import type { StoredCertificate } from './certificates/stored.rules.ts';
import type { StoredComplaint } from './complaints/case.rules.ts';
import { complaintModel, contactModel } from './complaints/model.ts';
import type { Clock } from './core/clock.ts';
import { createModel, type ModelDefinition } from './core/model.ts';
import { createRecords, type Recorded, type Records } from './core/records.ts';
import { evidenceModel } from './evidence/model.ts';
import type { StoredEvidence } from './evidence/uses.service.ts';
import type { StoredOrganisation } from './organisations/entry.service.ts';
import { organisationModel, provinceModel } from './organisations/model.ts';
import { priorityListModel } from './priority-lists/model.ts';
import type { StoredEdition } from './priority-lists/service.ts';
import type { StoredImport } from './purchases/import.service.ts';
import { importModel, purchaseModel } from './purchases/model.ts';
import type { StoredPurchase } from './purchases/service.ts';
import {
  agreementModel,
  criterionModel,
  groupModel,
  holidayModel,
  schemeModel,
  targetModel,
} from './reference/model.ts';
import { savedModel } from './saved/model.ts';

/** The records of every collection. */
export interface Collections {
  schemes: Records<LabelScheme>;
  groups: Records<ProductGroup>;
  criteria: Records<CriteriaDocument>;
  agreements: Records<RecognitionAgreement>;
  targets: Records<Target>;
  holidays: Records<HolidayYear>;
  applications: Records<StoredApplication>;
  evidence: Records<StoredEvidence>;
  organisations: Records<StoredOrganisation>;
  provinces: Records<Province>;
  products: Records<StoredProduct>;
  certificates: Records<StoredCertificate>;
  priorityLists: Records<StoredEdition>;
  purchases: Records<StoredPurchase>;
  imports: Records<StoredImport>;
  complaints: Records<StoredComplaint>;
  complaintContacts: Records<ComplaintContact>;
  keys: Records<ApiKey>;
  sessions: Records<Session>;
  memberships: Records<StoredMembership>;
  letters: Records<Letter>;
  signUps: Records<StoredSignUp>;
  saved: Records<SavedSearches>;
}

const definitions: Record<keyof Collections, ModelDefinition> = {
  schemes: schemeModel,
  groups: groupModel,
  criteria: criterionModel,
  agreements: agreementModel,
  targets: targetModel,
  holidays: holidayModel,
  applications: applicationModel,
  evidence: evidenceModel,
  organisations: organisationModel,
  provinces: provinceModel,
  products: productModel,
  certificates: certificateModel,
  priorityLists: priorityListModel,
  purchases: purchaseModel,
  imports: importModel,
  complaints: complaintModel,
  complaintContacts: contactModel,
  keys: apiKeyModel,
  sessions: sessionModel,
  memberships: membershipModel,
  letters: letterModel,
  signUps: signUpModel,
  saved: savedModel,
};

/** How the records of every collection are stored. */
export const everyDefinition: readonly ModelDefinition[] = Object.values(definitions);

/** The records of every collection of the database, whose indexes stand when this resolves. */
export async function openCollections(connection: Connection, clock: Clock, demo: boolean): Promise<Collections> {
  const opened = await Promise.all(
    Object.entries(definitions).map(async ([name, definition]) => {
      const model = createModel(connection, definition);
      await model.createIndexes();
      return [name, createRecords<Recorded>({ ...definition, model, clock, demo })] as const;
    }),
  );
  return Object.fromEntries(opened) as unknown as Collections;
}
