/**
 * Runs the workflow of {@code statemachine/index.asl.json} on one machine, as AWS Step Functions
 * would: the same states, retries, catches, time limits and size limits, with the functions behind
 * a port.
 *
 * <p>This is no Step Functions emulator. It knows the part of the Amazon States Language (JSONata
 * flavour) that the project's workflow uses, and refuses to load anything else. What it does is
 * what the AWS developer guide and the States Language specification say; nothing here may know
 * what the functions do, or that there is an index.
 */
package quickpage.index.workflow;
