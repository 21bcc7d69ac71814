// What Quillgate did: my jobs, or those of one page, newest first by day; each opens its diff, its receipt and its revert.
// It changes nothing.
import '../styles/history.css';
import { useEffect, useState } from 'react';
import Button from '@atlaskit/button/new';
import { ClockIcon } from '../parts/icons.js';
import { call } from '../bridge.js';
import { Problem } from '../parts/problem.jsx';
import { problemOf } from '../parts/use-task.js';
import { Empty, OutLink, Skeleton, StateLozenge } from '../parts/small.jsx';
import { Segmented } from '../parts/segmented.jsx';
import { isMoving } from '../parts/use-job.js';
import { clock, dayLong } from '../parts/format.js';
import { t } from '../parts/t.js';

const FILTERS = { all: () => true, open: (job) => job.state === 'review' || job.state === 'publishing' || isMoving(job), done: (job) => job.state === 'published' || job.state === 'reverted' };

function useJobs(pageId) {
  const [found, setFound] = useState({ status: 'loading' });
  const [round, setRound] = useState(0);
  useEffect(() => {
    let gone = false;
    setFound({ status: 'loading' });
    (pageId ? call('history', { pageId }) : call('job.list')).then(
      (view) => gone || setFound({ status: 'ready', ...view }),
      (error) => gone || setFound({ status: 'failed', problem: problemOf(error) }),
    );
    return () => {
      gone = true;
    };
  }, [pageId, round]);
  return { ...found, again: () => setRound((count) => count + 1) };
}

function byDay(jobs) {
  const days = new Map();
  for (const job of [...jobs].sort((a, b) => new Date(b.updatedAt) - new Date(a.updatedAt))) {
    const day = dayLong(job.updatedAt);
    days.set(day, [...(days.get(day) ?? []), job]);
  }
  return [...days];
}

function Entry({ job, go, isOfPage }) {
  return (
    <li className="entry" data-state={job.state}>
      <span className="entry-dot" aria-hidden="true" />
      <div className="entry-body">
        <p className="entry-title">
          <button type="button" className="text-button strong" onClick={() => go(`/job/${job.id}`)}><bdi>{job.title}</bdi></button>
          <StateLozenge state={job.state} />
        </p>
        <p className="subtle small entry-facts">
          <span>{clock(job.updatedAt)}</span>
          <span>{t(`use.${job.useCase}`)}</span>
          <span>{t('source.count', { n: job.sources })}</span>
          <span>{t(job.engine === 'extract' ? 'engine.extract' : 'engine.model')}</span>
          {job.version && job.url ? <OutLink href={job.url}>{t('version', { version: job.version })}</OutLink> : null}
          {job.pageId && !isOfPage ? <button type="button" className="text-button" onClick={() => go(`/history/${job.pageId}`)}>{t('history.of-page')}</button> : null}
        </p>
      </div>
    </li>
  );
}

export default function HistoryPage({ pageId, go }) {
  const found = useJobs(pageId);
  const [filter, setFilter] = useState('all');
  const jobs = (found.jobs ?? []).filter(FILTERS[filter]);
  return (
    <div className="history stack gap-250">
      <div className="row spread wrap">
        <div>
          <h2><bdi>{pageId ? found.page?.title ?? t('history.page') : t('history.mine')}</bdi></h2>
          <p className="subtle">{pageId && found.page ? <>{t('history.page.now', { version: found.page.version })} <OutLink href={found.page.url}>{t('act.open-page')}</OutLink></> : t('history.what')}</p>
        </div>
        {pageId ? <Button onClick={() => go('/history')}>{t('history.all')}</Button> : null}
      </div>
      <Segmented hideLabel label={t('history.filter')} value={filter} onChange={setFilter} options={Object.keys(FILTERS).map((value) => ({ value, label: t(`history.filter.${value}`) }))} />
      {found.status === 'loading' ? <Skeleton lines={8} /> : null}
      {found.status === 'failed' ? <Problem problem={found.problem} actions={<Button onClick={found.again}>{t('act.retry')}</Button>} /> : null}
      {found.status === 'ready' && !jobs.length ? (
        <Empty icon={<ClockIcon label="" />} title={t(found.jobs.length ? 'history.none.filter' : 'history.none')} action={<Button onClick={() => go('/')}>{t('act.to-studio')}</Button>}>{t('history.none.do')}</Empty>
      ) : null}
      {byDay(jobs).map(([day, ofDay]) => (
        <section key={day} className="day">
          <h3 className="section-label">{day}</h3>
          <ol className="timeline">{ofDay.map((job) => <Entry key={job.id} job={job} go={go} isOfPage={Boolean(pageId)} />)}</ol>
        </section>
      ))}
    </div>
  );
}
