using System.ComponentModel;

namespace Attractor.Learning;

/// <summary>The endings of learning as a reader wants them.</summary>
public static class TrainingEndings
{
    /// <summary>The ending as a sentence, and what to try where it is not what one hoped for.</summary>
    /// <exception cref="InvalidEnumArgumentException">There is no such ending.</exception>
    public static string Sentence(this TrainingEnding ending) => ending switch
    {
        TrainingEnding.Completed => "Completed: all that was asked for was done.",
        TrainingEnding.Cancelled => "Cancelled: resume from the state to go on as if it had never stopped.",
        TrainingEnding.Diverged
            => "Diverged: losses or parameters were not finite; try a lower learning rate, a gradient clip, or another start.",
        TrainingEnding.NotConverged => "Not converged: allow more sweeps or steps, or begin elsewhere.",
        TrainingEnding.Converged => "Converged: going on would change nothing that counts.",
        TrainingEnding.OutOfSteps => "Out of steps before convergence: take more, or begin with a higher rate.",
        TrainingEnding.FlatDirection
            => "Flat direction: nothing sets the width of the posterior along it; give a prior, or integrate it out.",
        TrainingEnding.Saddle => "Saddle: the gradient vanishes, but the density rises along a direction; begin elsewhere.",
        TrainingEnding.Unbounded => "Unbounded: the density rises towards infinity and has no mode; give a prior that keeps it in.",
        _ => throw new InvalidEnumArgumentException(nameof(ending), (int)ending, typeof(TrainingEnding)),
    };
}
