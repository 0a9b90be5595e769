import { createEmbeddedSearch } from '../../server/search/embedded.adapter.ts';
import { describeSearchPort } from './port-contract.ts';

describeSearchPort('the embedded engine', createEmbeddedSearch, { keepsIndex: false, keepsTextsExact: true });
