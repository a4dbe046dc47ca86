const browser = Object.fromEntries(
  [
    "AbortController", "Blob", "DataView", "DecompressionStream", "Intl", "ResizeObserver", "Response", "TextDecoder",
    "URL", "URLSearchParams", "addEventListener", "atob", "cancelAnimationFrame", "clearTimeout", "document",
    "getComputedStyle", "history", "localStorage", "location", "matchMedia", "navigator", "requestAnimationFrame",
    "setTimeout",
  ].map((name) => [name, "readonly"]),
);

export default [
  {
    files: ["**/*.js"],
    languageOptions: { ecmaVersion: 2023, sourceType: "module", globals: browser },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "no-undef": "error",
      "no-unused-vars": "error",
      "no-shadow": "error",
      "no-var": "error",
      "prefer-const": "error",
      eqeqeq: "error",
      curly: "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-restricted-properties": [
        "error",
        { property: "innerHTML", message: "Texts of a database never become markup." },
        { property: "outerHTML", message: "Texts of a database never become markup." },
        { property: "insertAdjacentHTML", message: "Texts of a database never become markup." },
      ],
      "no-dupe-keys": "error",
      "no-unreachable": "error",
      "no-fallthrough": "error",
      "no-useless-return": "error",
      "no-unused-expressions": "error",
    },
  },
];
