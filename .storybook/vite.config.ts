import { defineConfig, type UserConfig } from 'vite';

const config: UserConfig = defineConfig({
  oxc: {
    decorator: { legacy: true },
    assumptions: { setPublicClassFields: true },
    typescript: { removeClassFieldsWithoutInitializer: true },
  },
  build: { target: 'es2022', chunkSizeWarningLimit: 5_000 },
});

export default config;
