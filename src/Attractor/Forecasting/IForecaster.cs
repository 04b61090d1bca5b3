namespace Attractor.Forecasting;

/// <summary>What goes on from where a history ends. It lives in standard deviations of the context.</summary>
public interface IForecaster
{
    /// <summary>Rows of history that it needs before the last one.</summary>
    int WarmUp { get; }

    /// <summary>Multiplications of a step, about: says how often it can be tried.</summary>
    double StepCost { get; }

    /// <summary>What it has learnt, a line each, such as equations in the units of the context; nothing of most.</summary>
    IReadOnlyList<string> Lines => [];

    /// <summary>The rows after a history.</summary>
    /// <param name="history">T x N without missing values, more than <see cref="WarmUp"/> rows; the last one is what is known last.</param>
    /// <param name="steps">How far.</param>
    /// <param name="cancellationToken">Stops with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>steps x N; NaN from where it diverges on.</returns>
    TimeSeries Continue(TimeSeries history, int steps, CancellationToken cancellationToken = default);
}
