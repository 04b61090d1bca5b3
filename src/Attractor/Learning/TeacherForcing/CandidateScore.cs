using Attractor.Models;

namespace Attractor.Learning;

/// <summary>Judges a state of a training by something other than its loss, such as how the network runs on its own.</summary>
/// <remarks>It must give the same number for the same parameters, or a resumed training ends elsewhere.</remarks>
public abstract class CandidateScore
{
    /// <summary>The score: the lower the better; what is not a number counts as the worst.</summary>
    /// <param name="candidate">The network at the parameters that are judged.</param>
    /// <param name="limit">The score to stay below: one that does not need not be exact.</param>
    /// <param name="cancellationToken">Stops with an <see cref="OperationCanceledException"/>.</param>
    public abstract double Of(RecurrentModel candidate, double limit, CancellationToken cancellationToken);
}
