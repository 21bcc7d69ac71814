// Every state of the Studio, the panel and the admin's models; those of search have a file of their own, so that two browsers share the work.
import { everyState } from './every-state.mjs';
import { states } from './states.mjs';

everyState(states);
