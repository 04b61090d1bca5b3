namespace Attractor.Data;

/// <summary>A signal of an EDF recording: a digit d is the value Low + (d - Least) Gain.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Samples">Samples in a record.</param>
/// <param name="Least">The smallest digit.</param>
/// <param name="Low">The physical value of that.</param>
/// <param name="Gain">The physical value of a step.</param>
/// <param name="IsAnnotation">Whether it holds remarks and the times of records in place of samples.</param>
internal sealed record EdfSignal(string Label, int Samples, double Least, double Low, double Gain, bool IsAnnotation);
