// The icons the pages use. Atlaskit ships them as CommonJS, whose default a bundler hands over wrapped: unwrapped here, once.
// It draws nothing itself; the seal is our own, in `seal.jsx`.
import add from '@atlaskit/icon/core/add';
import checkCircle from '@atlaskit/icon/core/check-circle';
import checkMark from '@atlaskit/icon/core/check-mark';
import chevronDown from '@atlaskit/icon/core/chevron-down';
import clock from '@atlaskit/icon/core/clock';
import cross from '@atlaskit/icon/core/cross';
import edit from '@atlaskit/icon/core/edit';
import issue from '@atlaskit/icon/core/work-item';
import linkExternal from '@atlaskit/icon/core/link-external';
import lock from '@atlaskit/icon/core/lock-locked';
import minus from '@atlaskit/icon/core/minus';
import move from '@atlaskit/icon/core/sort-ascending';
import page from '@atlaskit/icon/core/page';
import pages from '@atlaskit/icon/core/pages';
import project from '@atlaskit/icon/core/project';
import question from '@atlaskit/icon/core/question-circle';
import refresh from '@atlaskit/icon/core/refresh';
import search from '@atlaskit/icon/core/search';
import warning from '@atlaskit/icon/core/status-warning';

const unwrap = (icon) => icon.default ?? icon;

export const AddIcon = unwrap(add);
export const CheckCircleIcon = unwrap(checkCircle);
export const CheckMarkIcon = unwrap(checkMark);
export const ChevronDownIcon = unwrap(chevronDown);
export const ClockIcon = unwrap(clock);
export const CrossIcon = unwrap(cross);
export const EditIcon = unwrap(edit);
export const IssueIcon = unwrap(issue);
export const LinkExternalIcon = unwrap(linkExternal);
export const LockIcon = unwrap(lock);
export const MinusIcon = unwrap(minus);
export const MoveIcon = unwrap(move);
export const PageIcon = unwrap(page);
export const PagesIcon = unwrap(pages);
export const ProjectIcon = unwrap(project);
export const QuestionIcon = unwrap(question);
export const RefreshIcon = unwrap(refresh);
export const SearchIcon = unwrap(search);
export const WarningIcon = unwrap(warning);
