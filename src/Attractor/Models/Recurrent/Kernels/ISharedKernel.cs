namespace Attractor.Models;

/// <summary>A kernel whose every step two threads can share; the bits are the same.</summary>
internal interface ISharedKernel
{
    /// <summary>1, or 2 where a second processor is free; between two passes.</summary>
    int Threads { get; set; }
}
