// Writes the passwords that are known to have leaked, one a line, from @zxcvbn-ts/language-common.
import { createRequire } from "node:module";
import { writeFileSync } from "node:fs";

const { dictionary } = createRequire(import.meta.url)("@zxcvbn-ts/language-common");
const words = dictionary["passwords"] ?? dictionary["passwords-common"];
writeFileSync(process.argv[2], words.join("\n") + "\n");
