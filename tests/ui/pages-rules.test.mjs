// Every state of the admin's rules for models, and of what the Studio says of stand-ins.
import { everyState } from './every-state.mjs';
import { rulesStates } from './states-rules.mjs';

everyState(rulesStates);
