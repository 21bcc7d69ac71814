// Every state of the admin's page of models.
import { everyState } from './every-state.mjs';
import { modelStates } from './states-models.mjs';

everyState(modelStates);
