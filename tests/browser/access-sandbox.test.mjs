// For everyone: the workbench and the course, as `access.test.mjs` has it of the vault.
import { nothingInTheWay } from "./access.mjs";
import { sandboxParts } from "./tour.mjs";

nothingInTheWay(sandboxParts);
