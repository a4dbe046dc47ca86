/** Reading answers strictly: an answer that contradicts itself or its question is not taken. */
package quickpage.index.neuprint.answer;
