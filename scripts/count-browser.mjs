/** A reporter of web-test-runner that writes counts to a file: `<passed> <failed> <skipped>`. */
import { writeFileSync } from 'node:fs';

/**
 * @typedef {import('@web/test-runner').TestSuiteResult} Suite
 * @typedef {{ passed: number; failed: number; skipped: number }} Counts
 */

/** @param {Suite} suite @param {Counts} counts */
function add(suite, counts) {
  for (const test of suite.tests) {
    if (test.skipped) counts.skipped += 1;
    else if (test.passed) counts.passed += 1;
    else counts.failed += 1;
  }
  for (const inner of suite.suites) add(inner, counts);
}

/** @param {string} file @returns {import('@web/test-runner').Reporter} */
export function countBrowser(file) {
  return {
    onTestRunFinished({ sessions }) {
      const counts = { passed: 0, failed: 0, skipped: 0 };
      for (const { testResults, errors, passed } of sessions) {
        const before = counts.failed;
        if (testResults) add(testResults, counts);
        // A page that threw, hung or found no test has failed, whatever its tests say.
        if (counts.failed === before && (!passed || errors.length > 0)) counts.failed += 1;
      }
      writeFileSync(file, `${counts.passed} ${counts.failed} ${counts.skipped}\n`);
    },
  };
}
