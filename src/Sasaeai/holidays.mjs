// Writes the national holidays of @holiday-jp/holiday_jp as { "2026-01-01": "元日", … }.
import { writeFileSync } from "node:fs";
import holidayJp from "@holiday-jp/holiday_jp";

const names = Object.values(holidayJp.holidays).map(({ date, name }) => [date, name]);
writeFileSync(process.argv[2], JSON.stringify(Object.fromEntries(names), null, 1) + "\n");
