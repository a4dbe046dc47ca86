/**
 * What is deployed, as far as it can be tried without an account: the deployable jar in Lambda's
 * own runtime client, the template and what it holds. Nothing here calls the stages in its own JVM.
 */
package quickpage.index.deployed;
