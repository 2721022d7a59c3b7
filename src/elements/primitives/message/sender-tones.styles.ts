import { css, type CSSResult } from 'lit';

/** The colour of a sender's name; the same hue as the avatar. */
export const senderTones: CSSResult = css`
  .name[data-tone='0'] {
    color: light-dark(oklch(0.48 0.14 272), oklch(0.8 0.11 272));
  }

  .name[data-tone='1'] {
    color: light-dark(oklch(0.48 0.14 28), oklch(0.8 0.11 28));
  }

  .name[data-tone='2'] {
    color: light-dark(oklch(0.48 0.14 168), oklch(0.8 0.11 168));
  }

  .name[data-tone='3'] {
    color: light-dark(oklch(0.48 0.14 68), oklch(0.8 0.11 68));
  }

  .name[data-tone='4'] {
    color: light-dark(oklch(0.48 0.14 300), oklch(0.8 0.11 300));
  }

  .name[data-tone='5'] {
    color: light-dark(oklch(0.48 0.14 240), oklch(0.8 0.11 240));
  }

  .name[data-tone='6'] {
    color: light-dark(oklch(0.48 0.14 355), oklch(0.8 0.11 355));
  }

  .name[data-tone='7'] {
    color: light-dark(oklch(0.48 0.14 140), oklch(0.8 0.11 140));
  }

  .name[data-tone='8'] {
    color: light-dark(oklch(0.48 0.14 205), oklch(0.8 0.11 205));
  }

  .name[data-tone='9'] {
    color: light-dark(oklch(0.48 0.14 325), oklch(0.8 0.11 325));
  }

  .name[data-tone='10'] {
    color: light-dark(oklch(0.48 0.14 95), oklch(0.8 0.11 95));
  }

  .name[data-tone='11'] {
    color: light-dark(oklch(0.48 0.14 255), oklch(0.8 0.11 255));
  }
`;
