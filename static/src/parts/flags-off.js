// Stands in for @atlaskit/platform-feature-flags: every gate is off, which is what Atlaskit does outside Atlassian anyway.
// It does not load the gate client (60 kB that would log an error on each first look-up).
export const fg = () => false;
export const getBooleanFF = () => false;
export const setBooleanFeatureFlagResolver = () => {};
export default fg;
