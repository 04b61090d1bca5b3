using Attractor.Systems;

namespace Attractor.Models;

/// <summary>A learnt model of a series of N variables that can go on by itself: what commands, files and reports ask of it.</summary>
public interface IGenerativeModel : ILearntModel, IObservedMap
{
    /// <summary>
    /// Runs freely after some rows of <paramref name="from"/> have driven the model: row 0 is the observation it sets out from.
    /// </summary>
    /// <param name="from">A series of the N observed variables; its dt, names and units pass to the result.</param>
    /// <param name="steps">Rows of the result.</param>
    /// <param name="start">The row of <paramref name="from"/> to begin at.</param>
    /// <param name="warmUp">Rows that drive the model beforehand: the result begins at row start + warmUp. As many as
    /// <see cref="IObservedMap.WarmUp"/> asks for if null.</param>
    /// <returns>steps x N values; NaN from where the orbit diverges on.</returns>
    /// <exception cref="ArgumentException">The series has another number of variables, or too few rows for the warm-up.</exception>
    TimeSeries Generate(TimeSeries from, int steps, int start = 0, int? warmUp = null);
}
