import { css, type CSSResult } from 'lit';

/** The look of `avatarTemplate()`. */
export const avatarLook: CSSResult = css`
  .avatar {
    position: relative;
    display: grid;
    flex: none;
    place-items: center;
    overflow: hidden;
    inline-size: 44px;
    block-size: 44px;
    border-radius: 50%;
    background: linear-gradient(145deg, var(--_from), var(--_to));
    color: #fff;
    font-size: 15px;
    font-weight: 600;
    line-height: 1;
    letter-spacing: 0.01em;
    user-select: none;
  }

  .avatar.s {
    inline-size: 32px;
    block-size: 32px;
    font-size: 12px;
  }

  .avatar.l {
    inline-size: 72px;
    block-size: 72px;
    font-size: 26px;
  }

  .avatar.square {
    border-radius: 32%;
  }

  .avatar img {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
  }

  .avatar img[hidden] {
    display: none;
  }

  .avatar[data-tone='0'] {
    --_from: oklch(0.74 0.13 272);
    --_to: oklch(0.55 0.18 268);
  }

  .avatar[data-tone='1'] {
    --_from: oklch(0.74 0.13 28);
    --_to: oklch(0.55 0.18 22);
  }

  .avatar[data-tone='2'] {
    --_from: oklch(0.74 0.1 168);
    --_to: oklch(0.55 0.15 172);
  }

  .avatar[data-tone='3'] {
    --_from: oklch(0.74 0.13 68);
    --_to: oklch(0.55 0.18 48);
  }

  .avatar[data-tone='4'] {
    --_from: oklch(0.74 0.13 300);
    --_to: oklch(0.55 0.18 296);
  }

  .avatar[data-tone='5'] {
    --_from: oklch(0.74 0.13 240);
    --_to: oklch(0.55 0.18 252);
  }

  .avatar[data-tone='6'] {
    --_from: oklch(0.74 0.13 355);
    --_to: oklch(0.55 0.18 5);
  }

  .avatar[data-tone='7'] {
    --_from: oklch(0.74 0.1 140);
    --_to: oklch(0.55 0.15 155);
  }

  .avatar[data-tone='8'] {
    --_from: oklch(0.74 0.13 205);
    --_to: oklch(0.55 0.18 225);
  }

  .avatar[data-tone='9'] {
    --_from: oklch(0.74 0.13 325);
    --_to: oklch(0.55 0.18 335);
  }

  .avatar[data-tone='10'] {
    --_from: oklch(0.74 0.1 95);
    --_to: oklch(0.55 0.15 125);
  }

  .avatar[data-tone='11'] {
    --_from: oklch(0.74 0.13 255);
    --_to: oklch(0.55 0.18 285);
  }
`;
