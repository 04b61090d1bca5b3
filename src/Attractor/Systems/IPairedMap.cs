namespace Attractor.Systems;

/// <summary>A map that can run one long orbit on two threads, with the same result.</summary>
internal interface IPairedMap
{
    /// <summary>The same map for one caller, who disposes of what comes with it; null where two threads do not pay.</summary>
    (IObservedMap Map, IDisposable Threads)? Pair();
}
