import { css, type CSSResult } from 'lit';

/**
 * Reads each public token (`--im-*`) once, gives it a default and renames it (`--_im-*`).
 *
 * Element styles use the renamed ones only. An element therefore looks right on a page with no
 * stylesheet, and a theme is nothing but a rule that sets `--im-*`. What depends on the accent is
 * derived from it, so that setting `--im-accent` alone gives a coherent theme.
 */
export const tokens: CSSResult = css`
  :host {
    --_im-surface: var(--im-surface, light-dark(#fff, #15171c));
    --_im-surface-raised: var(--im-surface-raised, light-dark(#fff, #20242c));
    --_im-surface-sunken: var(--im-surface-sunken, light-dark(#f4f5f8, #0e1014));
    --_im-text: var(--im-text, light-dark(#14171f, #eceef3));
    --_im-text-muted: var(--im-text-muted, light-dark(#5c6576, #9aa3b5));
    --_im-outline: var(--im-outline, light-dark(#e4e7ee, #272b34));
    --_im-accent: var(--im-accent, light-dark(#3a62f0, #7d9bff));
    /* White or near-black, whichever reads better on the accent. */
    --_im-on-accent: var(
      --im-on-accent,
      oklch(from var(--_im-accent) clamp(0.17, (0.62 - l) * 999, 1) 0 h)
    );
    /* The accent as ink: dark enough on light surfaces and light enough on dark ones. */
    --_im-accent-ink: light-dark(
      oklch(from var(--_im-accent) min(l, 0.5) c h),
      oklch(from var(--_im-accent) max(l, 0.77) c h)
    );
    --_im-accent-soft: color-mix(in oklab, var(--_im-accent) 13%, transparent);
    --_im-bubble-own: var(
      --im-bubble-own,
      light-dark(
        color-mix(in oklab, var(--_im-accent) 16%, #fff),
        color-mix(in oklab, var(--_im-accent) 30%, #15171c)
      )
    );
    --_im-on-bubble-own: var(--im-on-bubble-own, var(--_im-text));
    --_im-bubble-other: var(--im-bubble-other, light-dark(#f1f3f7, #232731));
    --_im-danger: var(--im-danger, light-dark(#c42b3b, #ff7b84));
    --_im-success: var(--im-success, light-dark(#157a4c, #4cc38a));
    --_im-warning: var(--im-warning, light-dark(#8f5500, #f5b74f));
    --_im-focus: var(--im-focus, var(--_im-accent-ink));

    --_im-space-1: var(--im-space-1, 4px);
    --_im-space-2: var(--im-space-2, 8px);
    --_im-space-3: var(--im-space-3, 12px);
    --_im-space-4: var(--im-space-4, 16px);
    --_im-space-5: var(--im-space-5, 20px);
    --_im-space-6: var(--im-space-6, 24px);
    --_im-space-8: var(--im-space-8, 32px);

    --_im-radius-s: var(--im-radius-s, 6px);
    --_im-radius-m: var(--im-radius-m, 12px);
    --_im-radius-l: var(--im-radius-l, 18px);
    --_im-radius-full: var(--im-radius-full, 999px);

    --_im-font-size-xs: var(--im-font-size-xs, 0.6875rem);
    --_im-font-size-s: var(--im-font-size-s, 0.8125rem);
    --_im-font-size-m: var(--im-font-size-m, 0.9375rem);
    --_im-font-size-l: var(--im-font-size-l, 1.0625rem);
    --_im-font-size-xl: var(--im-font-size-xl, 1.25rem);

    --_im-shadow: var(
      --im-shadow,
      0 1px 2px rgb(16 20 34 / 0.08),
      0 8px 24px -8px rgb(16 20 34 / 0.24)
    );
    --_im-duration: var(--im-duration, 160ms);
    --_im-easing: var(--im-easing, cubic-bezier(0.2, 0, 0, 1));

    box-sizing: border-box;
    color: var(--_im-text);
    font-family: var(--im-font-family, inherit);
    font-size: var(--_im-font-size-m);
    line-height: round(1.45em, 1px);
    -webkit-tap-highlight-color: transparent;
  }

  :host([theme='light']) {
    color-scheme: light;
  }

  :host([theme='dark']) {
    color-scheme: dark;
  }

  :host([hidden]) {
    display: none !important;
  }

  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
`;
