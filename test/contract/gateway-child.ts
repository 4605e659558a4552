/** A gateway in a process of its own, to be killed. Usage: gateway-child.ts FOLDER; prints its port. */
import { startGateway } from "../../src/sandbox/servers/gateway/gateway.ts";

const [, , dataDir = ""] = process.argv;
const gateway = await startGateway({ dataDir });
console.log(gateway.port);
