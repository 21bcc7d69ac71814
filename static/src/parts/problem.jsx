// A refusal or a fault in words: what happened, what was kept, what to do.
// It never shows a code the catalogue has no sentence for, nor anything the server wrote.
import SectionMessage from '@atlaskit/section-message';
import { has, t } from './t.js';

/** The sentence for a code; `what` narrows it to the act (`publish`, `key`) where the catalogue knows one. */
export function sentenceOf(problem) {
  const prefix = problem.kind === 'refused' ? 'refused' : 'fault';
  const key = [`${prefix}.${problem.code}`, `fault.${problem.code}`, `refused.${problem.code}`].find(has) ?? 'fault.internal';
  return { title: t(key, problem.params), body: has(`${key}.do`) ? t(`${key}.do`, problem.params) : '' };
}

/** `kept` is the sentence that says what is still there ("Nothing was sent"). */
export function Problem({ problem, kept, actions }) {
  const { title, body } = sentenceOf(problem);
  const refused = problem.kind === 'refused';
  return (
    <div role={refused ? 'status' : 'alert'} className="problem">
      <SectionMessage appearance={refused ? 'warning' : 'error'} title={title}>
        <p>
          {kept ? <strong>{kept} </strong> : null}
          {body}
        </p>
        {actions ? <div className="row gap-100 problem-actions">{actions}</div> : null}
      </SectionMessage>
    </div>
  );
}
