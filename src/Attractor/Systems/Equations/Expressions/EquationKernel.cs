namespace Attractor.Systems;

/// <summary>Evaluates expressions: both references point at the first of as many values as there are variables and results.</summary>
internal delegate void EquationKernel(ref double state, ref double results);
