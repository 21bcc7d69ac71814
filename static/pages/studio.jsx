import { startPage } from '../src/parts/app.jsx';
import { StudioPage, StudioWaiting } from '../src/studio/page.jsx';

startPage(StudioPage, StudioWaiting);
