using Attractor.Models;

namespace Attractor.Learning;

/// <summary>alpha of a training with adaptive forcing, and the value that it can go back to.</summary>
internal sealed class AdaptedStrength
{
    private readonly AdaptiveTeacherForcing _rule;
    private readonly RecurrentModel _model;
    private readonly ForcingProgram _program;

    /// <param name="rule">How it adapts.</param>
    /// <param name="model">Of which another with the same sizes takes the parameters that are looked at.</param>
    /// <param name="program">Whose strength it sets.</param>
    /// <param name="resume">alpha to go on from.</param>
    public AdaptedStrength(AdaptiveTeacherForcing rule, RecurrentModel model, ForcingProgram program, double? resume)
    {
        (_rule, _program) = (rule, program);
        _model = RecurrentModel.CreateBlank(model.Kind, model.Sizes);
        Alpha = Kept = resume ?? rule.Start;
        program.Force(Alpha);
    }

    public double Alpha { get; private set; }

    public double Kept { get; private set; }

    public bool IsDue(long update) => _rule.Rule != AdaptiveForcingRule.Constant && update % _rule.Interval == 0;

    /// <summary>Looks at the Jacobians at the windows of an update.</summary>
    public void Look(double[] parameters, IReadOnlyList<TimeSeries> windows)
    {
        _model.Parameters.Set(parameters);
        Alpha = _rule.Next(Alpha, _rule.Growth(_model, windows));
        _program.Force(Alpha);
    }

    public void Keep() => Kept = Alpha;

    public void Restore()
    {
        Alpha = Kept;
        _program.Force(Alpha);
    }
}
