namespace Attractor.Models;

/// <summary>
/// What acts on the states of an unrolled network between its steps (data that force them, a drive, whoever reads them), and its adjoint.
/// </summary>
/// <remarks>A struct, so that the walk is compiled for each. Panels are those of one block of lanes.</remarks>
internal unsafe interface IStepCoupling<T>
    where T : unmanaged
{
    /// <summary>Before step t: may change z_t.</summary>
    void Enter(int t, T* state);

    /// <summary>After step t: may read and change z_{t+1}.</summary>
    void Leave(int t, T* next);

    /// <summary>
    /// The adjoint of <see cref="Leave"/>: the gradient with respect to z_{t+1} as step t + 1 left it becomes that with respect to F(z_t).
    /// </summary>
    void LeaveAdjoint(int t, T* gradientNext);

    /// <summary>
    /// The adjoint of <see cref="Enter"/>: the gradient with respect to what step t set out from becomes that with respect to z_t.
    /// </summary>
    void EnterAdjoint(int t, T* gradient);
}
