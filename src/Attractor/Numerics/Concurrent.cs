using System.Runtime.ExceptionServices;

namespace Attractor.Numerics;

/// <summary>Independent pieces of work on all processors.</summary>
internal static class Concurrent
{
    /// <summary>Does the work for 0 .. <paramref name="count"/> - 1, in any order. What one of them throws is thrown as it is.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static void For(int count, Action<int> work, CancellationToken cancellationToken)
    {
        try
        {
            Parallel.For(
                0,
                count,
                new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount },
                work);
        }
        catch (AggregateException e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ExceptionDispatchInfo.Throw(e.Flatten().InnerExceptions[0]);
        }
    }
}
