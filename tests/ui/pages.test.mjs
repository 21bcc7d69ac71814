// Every state of the Studio and the panel; those of the admin's page and of search have files of their own, so that browsers share the work.
import { everyState } from './every-state.mjs';
import { states } from './states.mjs';

everyState(states);
