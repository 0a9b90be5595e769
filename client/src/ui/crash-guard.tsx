import { Component } from 'react';
import type { ReactNode } from 'react';
import { ProblemAlert } from './problem-alert.tsx';

interface CrashGuardProps {
  children: ReactNode;
}

/** Shows a problem instead of a blank page where a page breaks; React offers this to classes only. */
export class CrashGuard extends Component<CrashGuardProps, { error: unknown }> {
  override state: { error: unknown } = { error: undefined };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    if (this.state.error === undefined) return this.props.children;
    return <ProblemAlert error={this.state.error} onRetry={() => window.location.reload()} />;
  }
}
