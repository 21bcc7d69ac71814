// Every state of search: the picker in the Studio, and the admin's page of the index.
import { everyState } from './every-state.mjs';
import { searchStates } from './states-search.mjs';

everyState(searchStates);
