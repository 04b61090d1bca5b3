"""A training step of other recurrent cells in PyTorch: forward + backward + clip + RAdam, ms a step.
usage: cell_train.py KIND M X [--form eager|manual] [--threads 1]     X: P of alrnn, B of dendplrnn, else 0; M of lstm counts outputs and memories
manual: piecewise-linear cells without a graph, the gradients of the weights as one product over all steps; rnn, gru and lstm by the
library's own layer over the steps between two forcings. Its gradients are compared with the eager ones before anything is timed."""
from peerlib import emit, lorenz63, options, timed, torch_with


def extra(p):
    p.add_argument("kind")
    p.add_argument("M", type=int)
    p.add_argument("X", type=int)
    p.add_argument("--N", type=int, default=3)
    p.add_argument("--B", type=int, default=16)
    p.add_argument("--T", type=int, default=200)
    p.add_argument("--tau", type=int, default=16)
    p.add_argument("--form", default="eager")
    p.add_argument("--clip", type=float, default=10.0)


a = options(__doc__, extra, torch=True)
torch = torch_with(a)
N, M, X = a.N, a.M, a.X
H = M // 2 if a.kind == "lstm" else M
g = torch.Generator().manual_seed(0)
small = lambda *shape: (0.1 * torch.randn(*shape, generator=g)).requires_grad_()

is_gated = a.kind in ("rnn", "gru", "lstm")
if is_gated:
    cell = {"rnn": torch.nn.RNNCell, "gru": torch.nn.GRUCell, "lstm": torch.nn.LSTMCell}[a.kind](1, H)
    parameters = list(cell.parameters())
    nothing = torch.zeros(a.B, 1)

    def step(z):
        return torch.cat(cell(nothing, (z[:, :H], z[:, H:])), 1) if a.kind == "lstm" else cell(nothing, z)
else:
    # Contracting: orbits that leave every bound would be timed as well, but their gradients could not be compared.
    A, W, h = (0.5 * torch.ones(M)).requires_grad_(), (0.3 / M**0.5 * torch.randn(M, M, generator=g)).requires_grad_(), small(M)
    alpha, thresholds = small(max(X, 1)), small(M, max(X, 1))
    parameters = [A, W, h] + ([alpha, thresholds] if "dend" in a.kind else [])

    def phi(z):
        if a.kind == "alrnn":
            return torch.cat([z[:, :-X], torch.relu(z[:, -X:])], 1)
        if a.kind == "mcplrnn":
            return torch.relu(z - z.mean(1, keepdim=True))
        r = torch.relu(z[:, :, None] - thresholds)
        return ((r - torch.relu(z)[:, :, None] if a.kind == "clipped-dendplrnn" else r) * alpha).sum(2)

    def step(z):
        return A * z + phi(z) @ W.T + h


L = small(M - N, N)
parameters.append(L)
optimiser = torch.optim.RAdam(parameters, lr=1e-4)
data = torch.tensor(lorenz63(4000)[:, :N], dtype=torch.float32)
batches = []
for _ in range(16):
    i0 = torch.randint(0, len(data) - a.T - 1, (a.B,), generator=g).tolist()
    batches.append(torch.stack([data[i : i + a.T + 1] for i in i0]))
k = 0


def start(x, t, z):
    return torch.cat([x[:, t], x[:, 0] @ L.T if z is None else z[:, N:]], 1)


def eager(x):
    z, predictions = None, []
    for t in range(a.T):
        if t % a.tau == 0:
            z = start(x, t, z)
        z = step(z)
        predictions.append(z[:, :N])
    ((torch.stack(predictions, 1) - x[:, 1:]) ** 2).mean().backward()


def segments(x):
    z, predictions = None, []
    for t in range(0, a.T, a.tau):
        z = start(x, t, z)
        state = z[None, :, :H].contiguous()
        steps = min(a.tau, a.T - t)
        out, last = layer(nothing.expand(steps, -1, -1), (state, z[None, :, H:].contiguous()) if a.kind == "lstm" else state)
        z = torch.cat([out[-1], last[1][0]], 1) if a.kind == "lstm" else out[-1]
        predictions.append(out[:, :, :N])
    ((torch.cat(predictions).transpose(0, 1) - x[:, 1:]) ** 2).mean().backward()


def activation(z):
    """Of all steps at once: what W multiplies, and what its adjoint is multiplied by on the way to z."""
    if a.kind == "alrnn":
        slope = torch.ones_like(z)
        slope[..., -X:] = (z[..., -X:] > 0).to(z.dtype)
        return z * slope, slope
    if a.kind == "mcplrnn":
        centred = z - z.mean(-1, keepdim=True)
        slope = (centred > 0).to(z.dtype)
        return centred * slope, slope
    active = (z[..., None] > thresholds).to(z.dtype)
    value, slope = (((z[..., None] - thresholds) * active) * alpha).sum(-1), (active * alpha).sum(-1)
    if a.kind == "clipped-dendplrnn":
        on = (z > 0).to(z.dtype) * alpha.sum()
        value, slope = value - z * on, slope - on
    return value, slope


@torch.no_grad()
def without_graph(x):
    z = None
    states, values, slopes, after = [], [], [], []
    for t in range(a.T):
        if t % a.tau == 0:
            z = start(x, t, z)
        states.append(z)
        value, slope = activation(z)
        values.append(value)
        slopes.append(slope)
        z = torch.addmm(h, value, W.T).addcmul_(A, z)
        after.append(z)
    error = (torch.stack(after)[:, :, :N] - x[:, 1:].transpose(0, 1)) * (2 / (a.T * a.B * N))
    adjoint, adjoints = torch.zeros(a.B, M), [None] * a.T
    for t in reversed(range(a.T)):
        adjoint[:, :N] += error[t]
        adjoints[t] = adjoint
        inner = (adjoint @ W) * slopes[t]
        if a.kind == "mcplrnn":
            inner -= inner.mean(1, keepdim=True)
        adjoint = torch.addcmul(inner, A, adjoint)
        if t % a.tau == 0:
            adjoint[:, :N] = 0
    G, Z = torch.stack(adjoints).reshape(-1, M), torch.stack(states).reshape(-1, M)
    W.grad, A.grad, h.grad = G.T @ torch.stack(values).reshape(-1, M), (G * Z).sum(0), G.sum(0)
    L.grad = adjoint[:, N:].T @ x[:, 0]
    if "dend" in a.kind:
        inner, excess = (G @ W)[:, :, None], Z[:, :, None] - thresholds
        active = (excess > 0).to(Z.dtype)
        thresholds.grad = -(inner * active).sum(0) * alpha
        basis = excess * active - (torch.relu(Z)[:, :, None] if a.kind == "clipped-dendplrnn" else 0)
        alpha.grad = (inner * basis).sum((0, 1))


differentiate = eager
if a.form == "manual":
    differentiate = segments if is_gated else without_graph
    if is_gated:
        layer = {"rnn": torch.nn.RNN, "gru": torch.nn.GRU, "lstm": torch.nn.LSTM}[a.kind](1, H)
        for own, shared in zip(("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0"), ("weight_ih", "weight_hh", "bias_ih", "bias_hh")):
            setattr(layer, own, getattr(cell, shared))
    gradients = []
    for form in (eager, differentiate):
        optimiser.zero_grad()
        form(batches[0])
        gradients.append(torch.cat([p.grad.flatten() for p in parameters]))
    assert (gradients[0] - gradients[1]).norm() < 1e-4 * gradients[0].norm(), "the gradients differ"


def one():
    global k
    optimiser.zero_grad()
    differentiate(batches[k % 16])
    k += 1
    torch.nn.utils.clip_grad_norm_(parameters, a.clip)
    optimiser.step()


ts = timed(one, a.repeats, block_s=1.0, warmup_s=1.0)
emit("cell_train_step", dict(kind=a.kind, M=M, X=X, N=N, B=a.B, T=a.T, tau=a.tau), ts, "s/step", a, form=a.form)
