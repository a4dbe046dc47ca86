/**
 * The deployment as a user has it, in a LocalStack: the real template, the real jar, real uploads.
 * Nothing here may reach into a stage: what is looked at is what AWS shows and readers see.
 */
package quickpage.index.localstack;
