import { startPage } from '../src/parts/app.jsx';
import { Panel, PanelWaiting } from '../src/panel/page.jsx';

startPage(Panel, PanelWaiting);
