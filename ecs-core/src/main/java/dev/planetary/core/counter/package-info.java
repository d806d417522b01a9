/** Numbers that move every tick, in a file that other processes read without disturbing the game. */
package dev.planetary.core.counter;
