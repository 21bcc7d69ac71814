// The icons the pages use. Atlaskit ships them as CommonJS, whose default a bundler hands over wrapped: unwrapped here, once.
// It draws nothing itself; the seal is our own, in `seal.jsx`.
import add from '@atlaskit/icon/core/add';
import checkCircle from '@atlaskit/icon/core/check-circle';
import checkMark from '@atlaskit/icon/core/check-mark';
import clock from '@atlaskit/icon/core/clock';
import cross from '@atlaskit/icon/core/cross';
import edit from '@atlaskit/icon/core/edit';
import issue from '@atlaskit/icon/core/work-item';
import linkExternal from '@atlaskit/icon/core/link-external';
import minus from '@atlaskit/icon/core/minus';
import move from '@atlaskit/icon/core/sort-ascending';
import page from '@atlaskit/icon/core/page';
import search from '@atlaskit/icon/core/search';
import warning from '@atlaskit/icon/core/status-warning';

const unwrap = (icon) => icon.default ?? icon;

export const AddIcon = unwrap(add);
export const CheckCircleIcon = unwrap(checkCircle);
export const CheckMarkIcon = unwrap(checkMark);
export const ClockIcon = unwrap(clock);
export const CrossIcon = unwrap(cross);
export const EditIcon = unwrap(edit);
export const IssueIcon = unwrap(issue);
export const LinkExternalIcon = unwrap(linkExternal);
export const MinusIcon = unwrap(minus);
export const MoveIcon = unwrap(move);
export const PageIcon = unwrap(page);
export const SearchIcon = unwrap(search);
export const WarningIcon = unwrap(warning);
