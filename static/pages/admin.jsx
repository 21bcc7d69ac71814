import { startPage } from '../src/parts/app.jsx';
import { AdminPage, AdminWaiting } from '../src/admin/page.jsx';

startPage(AdminPage, AdminWaiting);
