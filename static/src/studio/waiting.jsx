// Drafts that wait for the writer, above an empty form: one line each, and the way back to them.
// It lists; the history shows the rest.
import { ago } from '../parts/format.js';
import { t } from '../parts/t.js';
import { isMoving } from '../parts/use-job.js';
import { StateLozenge } from '../parts/small.jsx';

const SHOWN = 3;

export function Waiting({ jobs, go }) {
  const open = (jobs ?? []).filter((job) => job.state === 'review' || job.state === 'publishing' || isMoving(job));
  if (!open.length) return null;
  return (
    <section className="waiting" aria-labelledby="waiting-title">
      <h3 id="waiting-title" className="section-label">{t('waiting.title', { n: open.length })}</h3>
      <ul>
        {open.slice(0, SHOWN).map((job) => (
          <li key={job.id}>
            <button type="button" className="waiting-item" onClick={() => go(`/job/${job.id}`)}>
              <bdi className="truncate">{job.title}</bdi>
              <span className="subtle small">{ago(job.updatedAt)}</span>
              <StateLozenge state={job.state} />
            </button>
          </li>
        ))}
      </ul>
      {open.length > SHOWN ? <button type="button" className="text-button" onClick={() => go('/history')}>{t('waiting.all', { n: open.length })}</button> : null}
    </section>
  );
}
