import { lazy, Suspense } from 'react';
import { Route, Routes, useLocation } from 'react-router';
import { AccountMenu } from './features/accounts/account-menu.tsx';
import { CrashGuard } from './ui/crash-guard.tsx';
import { NotFoundPage } from './ui/not-found-page.tsx';
import { Waiting } from './ui/query-state.tsx';
import { Shell } from './ui/shell.tsx';

const SearchPage = lazy(async () => ({ default: (await import('./features/search/search-page.tsx')).SearchPage }));
const FindPage = lazy(async () => ({ default: (await import('./features/find/find-page.tsx')).FindPage }));
const ProductPage = lazy(async () => ({
  default: (await import('./features/catalogue/product-page.tsx')).ProductPage,
}));
const NewProductPage = lazy(async () => ({
  default: (await import('./features/product-entry/new-product-page.tsx')).NewProductPage,
}));
const EditProductPage = lazy(async () => ({
  default: (await import('./features/product-entry/edit-product-page.tsx')).EditProductPage,
}));
const UnreviewedPage = lazy(async () => ({
  default: (await import('./features/product-entry/unreviewed-page.tsx')).UnreviewedPage,
}));
const RegisterPage = lazy(async () => ({
  default: (await import('./features/catalogue/register-page.tsx')).RegisterPage,
}));
const NewCertificatePage = lazy(async () => ({
  default: (await import('./features/catalogue/entry/new-certificate-page.tsx')).NewCertificatePage,
}));
const CertificatePage = lazy(async () => ({
  default: (await import('./features/catalogue/certificate-page.tsx')).CertificatePage,
}));
const ExtractPage = lazy(async () => ({
  default: (await import('./features/catalogue/extract-page.tsx')).ExtractPage,
}));
const EditionListPage = lazy(async () => ({
  default: (await import('./features/priority-lists/edition-list-page.tsx')).EditionListPage,
}));
const EditionPage = lazy(async () => ({
  default: (await import('./features/priority-lists/edition-page.tsx')).EditionPage,
}));
const NewEditionPage = lazy(async () => ({
  default: (await import('./features/priority-lists/new-edition-page.tsx')).NewEditionPage,
}));
const EditEditionPage = lazy(async () => ({
  default: (await import('./features/priority-lists/edit-edition-page.tsx')).EditEditionPage,
}));
const CorrectEditionPage = lazy(async () => ({
  default: (await import('./features/priority-lists/correct-edition-page.tsx')).CorrectEditionPage,
}));
const DiffPage = lazy(async () => ({ default: (await import('./features/priority-lists/diff-page.tsx')).DiffPage }));
const ComparePage = lazy(async () => ({
  default: (await import('./features/catalogue/compare-page.tsx')).ComparePage,
}));
const PurchaseListPage = lazy(async () => ({
  default: (await import('./features/purchases/purchase-list-page.tsx')).PurchaseListPage,
}));
const PurchaseNewPage = lazy(async () => ({
  default: (await import('./features/purchases/purchase-new-page.tsx')).PurchaseNewPage,
}));
const ImportPage = lazy(async () => ({ default: (await import('./features/purchases/import-page.tsx')).ImportPage }));
const PurchasePage = lazy(async () => ({
  default: (await import('./features/purchases/purchase-page.tsx')).PurchasePage,
}));
const OrganisationPage = lazy(async () => ({
  default: (await import('./features/organisations/organisation-page.tsx')).OrganisationPage,
}));
const OrganisationListPage = lazy(async () => ({
  default: (await import('./features/organisations/organisation-list-page.tsx')).OrganisationListPage,
}));
const ScorecardPage = lazy(async () => ({
  default: (await import('./features/organisations/scorecard-page.tsx')).ScorecardPage,
}));
const NewOrganisationPage = lazy(async () => ({
  default: (await import('./features/organisations/new-organisation-page.tsx')).NewOrganisationPage,
}));
const ReferencePage = lazy(async () => ({
  default: (await import('./features/reference/reference-page.tsx')).ReferencePage,
}));
const ClaimsPage = lazy(async () => ({ default: (await import('./features/purchases/claims-page.tsx')).ClaimsPage }));
const ReportPage = lazy(async () => ({ default: (await import('./features/complaints/report-page.tsx')).ReportPage }));
const ComplaintQueuePage = lazy(async () => ({
  default: (await import('./features/complaints/queue-page.tsx')).QueuePage,
}));
const ComplaintPage = lazy(async () => ({ default: (await import('./features/complaints/case-page.tsx')).CasePage }));
const SharePage = lazy(async () => ({ default: (await import('./features/green-share/share-page.tsx')).SharePage }));
const LinesPage = lazy(async () => ({ default: (await import('./features/green-share/lines-page.tsx')).LinesPage }));
const SimulationPage = lazy(async () => ({
  default: (await import('./features/green-share/simulation-page.tsx')).SimulationPage,
}));
const NeedsPage = lazy(async () => ({ default: (await import('./features/needs/needs-page.tsx')).NeedsPage }));
const ApplicationListPage = lazy(async () => ({
  default: (await import('./features/applications/application-list-page.tsx')).ApplicationListPage,
}));
const NewApplicationPage = lazy(async () => ({
  default: (await import('./features/applications/new-application-page.tsx')).NewApplicationPage,
}));
const ApplicationPage = lazy(async () => ({
  default: (await import('./features/applications/application-page.tsx')).ApplicationPage,
}));
const SignInPage = lazy(async () => ({ default: (await import('./features/accounts/sign-in-page.tsx')).SignInPage }));

const InvitationPage = lazy(async () => ({
  default: (await import('./features/accounts/invitation-page.tsx')).InvitationPage,
}));
const NewPasswordPage = lazy(async () => ({
  default: (await import('./features/accounts/new-password-page.tsx')).NewPasswordPage,
}));
const AccountPage = lazy(async () => ({ default: (await import('./features/accounts/account-page.tsx')).AccountPage }));
const PeoplePage = lazy(async () => ({
  default: (await import('./features/accounts/people/people-page.tsx')).PeoplePage,
}));
const OutboxPage = lazy(async () => ({
  default: (await import('./features/accounts/people/outbox-page.tsx')).OutboxPage,
}));
const SignUpPage = lazy(async () => ({
  default: (await import('./features/accounts/sign-up/sign-up-page.tsx')).SignUpPage,
}));
const ConfirmPage = lazy(async () => ({
  default: (await import('./features/accounts/sign-up/confirm-page.tsx')).ConfirmPage,
}));
const SignUpsPage = lazy(async () => ({
  default: (await import('./features/accounts/sign-up/sign-ups-page.tsx')).SignUpsPage,
}));
const AuditPage = lazy(async () => ({ default: (await import('./features/audit/audit-page.tsx')).AuditPage }));

/** Every path of the client, once. */
export function Pages() {
  const { pathname } = useLocation();
  return (
    <Shell account={<AccountMenu />}>
      <CrashGuard key={pathname}>
        <Suspense fallback={<Waiting />}>
          <Routes>
            <Route path="/" element={<SearchPage />} />
            <Route path="/find" element={<FindPage />} />
            <Route path="/products/new" element={<NewProductPage />} />
            <Route path="/products/unreviewed" element={<UnreviewedPage />} />
            <Route path="/products/:id" element={<ProductPage />} />
            <Route path="/products/:id/edit" element={<EditProductPage />} />
            <Route path="/compare" element={<ComparePage />} />
            <Route path="/certificates" element={<RegisterPage />} />
            <Route path="/certificates/new" element={<NewCertificatePage />} />
            <Route path="/certificates/:id" element={<CertificatePage />} />
            <Route path="/certificates/:id/extract" element={<ExtractPage />} />
            <Route path="/priority-lists" element={<EditionListPage />} />
            <Route path="/priority-lists/new" element={<NewEditionPage />} />
            <Route path="/priority-lists/:code" element={<EditionPage />} />
            <Route path="/priority-lists/:code/edit" element={<EditEditionPage />} />
            <Route path="/priority-lists/:code/correct" element={<CorrectEditionPage />} />
            <Route path="/priority-lists/:code/diff" element={<DiffPage />} />
            <Route path="/purchases" element={<PurchaseListPage />} />
            <Route path="/purchases/new" element={<PurchaseNewPage />} />
            <Route path="/purchases/import" element={<ImportPage />} />
            <Route path="/purchases/:id" element={<PurchasePage />} />
            <Route path="/organisations" element={<OrganisationListPage />} />
            <Route path="/organisations/new" element={<NewOrganisationPage />} />
            <Route path="/reference" element={<ReferencePage />} />
            <Route path="/organisations/:code" element={<OrganisationPage />} />
            <Route path="/organisations/:code/scorecard" element={<ScorecardPage />} />
            <Route path="/applications" element={<ApplicationListPage />} />
            <Route path="/applications/new" element={<NewApplicationPage />} />
            <Route path="/applications/:id" element={<ApplicationPage />} />
            <Route path="/claims" element={<ClaimsPage />} />
            <Route path="/report" element={<ReportPage />} />
            <Route path="/complaints" element={<ComplaintQueuePage />} />
            <Route path="/complaints/:id" element={<ComplaintPage />} />
            <Route path="/share" element={<SharePage />} />
            <Route path="/share/lines" element={<LinesPage />} />
            <Route path="/share/simulation" element={<SimulationPage />} />
            <Route path="/needs" element={<NeedsPage />} />
            <Route path="/sign-in" element={<SignInPage />} />
            <Route path="/invitation" element={<InvitationPage />} />
            <Route path="/new-password" element={<NewPasswordPage />} />
            <Route path="/sign-up" element={<SignUpPage />} />
            <Route path="/sign-up/confirm" element={<ConfirmPage />} />
            <Route path="/sign-ups" element={<SignUpsPage />} />
            <Route path="/audit" element={<AuditPage />} />
            <Route path="/account" element={<AccountPage />} />
            <Route path="/people" element={<PeoplePage />} />
            <Route path="/outbox" element={<OutboxPage />} />
            <Route path="*" element={<NotFoundPage />} />
          </Routes>
        </Suspense>
      </CrashGuard>
    </Shell>
  );
}
