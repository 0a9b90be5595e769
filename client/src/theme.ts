import { createTheme, rem } from '@mantine/core';
import type { CSSVariablesResolver, MantineColorsTuple } from '@mantine/core';

const leaf: MantineColorsTuple = [
  '#eff7f2',
  '#ddeee4',
  '#b8dcc7',
  '#8dcaa6',
  '#5cb183',
  '#379a66',
  '#1f8353',
  '#156c42',
  '#0f5a36',
  '#0a4228',
];

const stone: MantineColorsTuple = [
  '#faf9f6',
  '#f4f2ed',
  '#e9e6de',
  '#dbd7cc',
  '#bdb9ac',
  '#8f8c81',
  '#64635b',
  '#4b4a44',
  '#33332e',
  '#1d1f1b',
];

const amber: MantineColorsTuple = [
  '#fdf6e6',
  '#faebc9',
  '#f3d795',
  '#e9be5b',
  '#d9a02f',
  '#b57f14',
  '#946400',
  '#7a5100',
  '#604000',
  '#432c00',
];

const clay: MantineColorsTuple = [
  '#fcf1ee',
  '#f8dfd9',
  '#efbdb2',
  '#e39684',
  '#d56d57',
  '#c24b33',
  '#a93a24',
  '#8f2e1b',
  '#732415',
  '#52190e',
];

const water: MantineColorsTuple = [
  '#eef5f8',
  '#dbe9f0',
  '#b5d2df',
  '#87b6ca',
  '#5a99b4',
  '#377d9a',
  '#236682',
  '#19546c',
  '#124256',
  '#0b2e3d',
];

/** The look of Xanh: deep green on warm paper; every text pair has a contrast of at least 4.5. */
export const theme = createTheme({
  colors: { leaf, gray: stone, amber, clay, water, red: clay },
  primaryColor: 'leaf',
  primaryShade: 7,
  black: '#1b211d',
  fontFamily: "'Be Vietnam Pro', system-ui, sans-serif",
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  lineHeights: { xs: '1.45', sm: '1.5', md: '1.6', lg: '1.6', xl: '1.6' },
  headings: {
    fontWeight: '600',
    textWrap: 'balance',
    sizes: {
      h1: { fontSize: 'clamp(1.625rem, 1.2rem + 1.6vw, 2.25rem)', lineHeight: '1.25' },
      h2: { fontSize: rem(22), lineHeight: '1.35' },
      h3: { fontSize: rem(17), lineHeight: '1.4' },
    },
  },
  defaultRadius: 'md',
  radius: { sm: rem(6), md: rem(10), lg: rem(16) },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Anchor: { defaultProps: { underline: 'hover' } },
    // Below the field: fields side by side stay in line, whichever of them has a hint.
    InputWrapper: { defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] } },
    // Choosing what is chosen already keeps it; where nothing may be chosen there is a button to clear.
    Select: { defaultProps: { allowDeselect: false } },
    Paper: { defaultProps: { withBorder: true } },
    Tooltip: { defaultProps: { withArrow: true, openDelay: 200 } },
  },
});

/** Colours that Mantine derives and that would be too pale on warm paper. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {
    '--mantine-color-body': '#ffffff',
    '--mantine-color-dimmed': stone[6],
    '--mantine-color-placeholder': '#6f6d64',
    '--mantine-color-error': clay[7],
    '--mantine-color-anchor': leaf[8],
    '--mantine-color-default-border': stone[3],
  },
  light: {},
  dark: {},
});
