// Every state of the admin's page of masking, and of the issue panel's findings.
import { everyState } from './every-state.mjs';
import { maskingStates } from './states-masking.mjs';

everyState(maskingStates);
