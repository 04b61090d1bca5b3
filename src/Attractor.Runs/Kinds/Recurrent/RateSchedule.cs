namespace Attractor.Runs;

/// <summary>How a learning rate changes over a training.</summary>
public enum RateSchedule
{
    /// <summary>From one rate to another by the same factor at every update.</summary>
    Exponential,

    /// <summary>Not at all.</summary>
    Constant,

    /// <summary>By a factor at a few updates.</summary>
    Step,
}
