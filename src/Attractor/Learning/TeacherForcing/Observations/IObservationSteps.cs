namespace Attractor.Learning;

/// <summary>What the observations of a block of windows do to the states of its steps, and the adjoint of that.</summary>
/// <remarks>A state is a panel, units x lanes; the first of the units are those that are read.</remarks>
internal unsafe interface IObservationSteps<S, T>
    where S : unmanaged
    where T : unmanaged
{
    /// <summary>Draws the units that are read towards row t of the data by a strength.</summary>
    void Draw(int t, double strength, T* state);

    /// <summary>The share of a gradient that the drawing leaves to the state; what goes to the signal is gathered.</summary>
    void DrawAdjoint(int t, double strength, T* gradient);

    /// <summary>Keeps what the prediction of row t + 1 misses, lane by lane; a sum, with the squares of it added.</summary>
    S Compare(int t, T* next, S mask, S sum);

    /// <summary>Adds the gradient of the scaled squares, and gathers that of what is learnt of the observation.</summary>
    void CompareAdjoint(int t, S scale, T* gradientNext);
}
