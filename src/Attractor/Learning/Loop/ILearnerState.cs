namespace Attractor.Learning;

/// <summary>A state of a learner as its own methods see it; <see cref="LearnerState"/> is what a checkpoint stores of it.</summary>
/// <typeparam name="TSelf">The state itself.</typeparam>
public interface ILearnerState<TSelf>
    where TSelf : ILearnerState<TSelf>
{
    /// <summary>The state as named tensors and words: all of it, exact to the bit.</summary>
    LearnerState ToTensors();

    /// <summary>The state from what <see cref="ToTensors"/> gave.</summary>
    /// <exception cref="FormatException">They are not those of such a state; the message says what is wrong, as the end of a
    /// sentence.</exception>
    static abstract TSelf FromTensors(LearnerState state);
}
