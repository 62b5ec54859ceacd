package motive

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Clone returns a model that shares no memory with m, so that editing it
// leaves m as it is.
func (m Model) Clone() Model {
	m.Patterns = slices.Clone(m.Patterns)
	for i, p := range m.Patterns {
		p.Act, p.Gate = maps.Clone(p.Act), maps.Clone(p.Gate)
		p.Licensed, p.Awareness = copied(p.Licensed), copied(p.Awareness)
		m.Patterns[i] = p
	}
	m.Contexts = slices.Clone(m.Contexts)
	m.Prior.Lasting = maps.Clone(m.Prior.Lasting)
	m.Params.Supervised, m.Params.SelfData, m.Params.Developers = copied(m.Params.Supervised), copied(m.Params.SelfData), copied(m.Params.Developers)
	m.Graph.Nodes, m.Graph.Edges = slices.Clone(m.Graph.Nodes), slices.Clone(m.Graph.Edges)
	return m
}

func copied[T any](p *T) *T {
	if p == nil {
		return nil
	}
	v := *p
	return &v
}

// free returns the name, numbered where it is taken.
func free(name string, taken func(string) bool) string {
	out := name
	for n := 2; taken(out); n++ {
		out = fmt.Sprintf("%s %d", name, n)
	}
	return out
}

// newName checks a name that something is to have from now on.
func newName(what, old, name string, taken func(string) bool) (string, error) {
	name = strings.TrimSpace(name)
	switch {
	case name == "":
		return old, fmt.Errorf("a %s needs a name", what)
	case name != old && taken(name):
		return old, fmt.Errorf("another %s is called %q; choose a name of its own", what, name)
	}
	return name, nil
}

func (m Model) hasPattern(name string) bool { return m.index(name) >= 0 }

func (m Model) hasContext(name string) bool {
	_, ok := m.Context(name)
	return ok
}

// AddPattern adds a pattern that acts rarely, and returns its name.
func (m *Model) AddPattern(name string) string {
	name = free(name, m.hasPattern)
	m.Patterns = append(m.Patterns, Pattern{Name: name, Category: Other, Default: .05})
	return name
}

// RemovePattern takes a pattern out; what decayed into it decays no more. A
// model keeps at least one pattern.
func (m *Model) RemovePattern(name string) error {
	i := m.index(name)
	switch {
	case i < 0:
		return fmt.Errorf("no pattern is called %q", name)
	case len(m.Patterns) == 1:
		return fmt.Errorf("%q is the only pattern; add another before you remove it", name)
	}
	m.Patterns = slices.Delete(m.Patterns, i, i+1)
	for k := range m.Patterns {
		if m.Patterns[k].NoTerminal == name {
			m.Patterns[k].NoTerminal = ""
		}
	}
	return nil
}

// RenamePattern gives a pattern another name, wherever it is named.
func (m *Model) RenamePattern(old, name string) error {
	name, err := newName("pattern", old, name, m.hasPattern)
	if err != nil {
		return err
	}
	for i, p := range m.Patterns {
		if p.Name == old {
			m.Patterns[i].Name = name
		}
		if p.NoTerminal == old {
			m.Patterns[i].NoTerminal = name
		}
	}
	return nil
}

// AddContext adds a context that is neither trained on nor deployed in, and
// returns its name. Patterns act in it as by default.
func (m *Model) AddContext(name string) string {
	name = free(name, m.hasContext)
	m.Contexts = append(m.Contexts, Context{Name: name})
	return name
}

// RemoveContext takes a context out of the model and of every policy. A model
// keeps at least one context.
func (m *Model) RemoveContext(name string) error {
	i := slices.IndexFunc(m.Contexts, func(c Context) bool { return c.Name == name })
	switch {
	case i < 0:
		return fmt.Errorf("no context is called %q", name)
	case len(m.Contexts) == 1:
		return fmt.Errorf("%q is the only context; add another before you remove it", name)
	}
	m.Contexts = slices.Delete(m.Contexts, i, i+1)
	for _, p := range m.Patterns {
		delete(p.Act, name)
		delete(p.Gate, name)
	}
	if d := m.Params.Developers; d != nil && d.Context == name {
		d.Context = m.heldOut()
	}
	return nil
}

// RenameContext gives a context another name, wherever it is named.
func (m *Model) RenameContext(old, name string) error {
	name, err := newName("context", old, name, m.hasContext)
	if err != nil {
		return err
	}
	for i := range m.Contexts {
		if m.Contexts[i].Name == old {
			m.Contexts[i].Name = name
		}
	}
	for _, p := range m.Patterns {
		rekey(p.Act, old, name)
		rekey(p.Gate, old, name)
	}
	if d := m.Params.Developers; d != nil && d.Context == old {
		d.Context = name
	}
	return nil
}

func rekey(in map[string]float64, old, name string) {
	if v, ok := in[old]; ok {
		delete(in, old)
		in[name] = v
	}
}

// SetAct sets P(undesired act) of a pattern in a context.
func (p *Pattern) SetAct(context string, v float64) {
	if p.Act == nil {
		p.Act = map[string]float64{}
	}
	p.Act[context] = v
}

// SetGate sets how active a pattern is in a context; 1 is left out.
func (p *Pattern) SetGate(context string, v float64) {
	if v == 1 {
		delete(p.Gate, context)
		return
	}
	if p.Gate == nil {
		p.Gate = map[string]float64{}
	}
	p.Gate[context] = v
}

// AddNode adds an outcome to the graph and returns its key.
func (m *Model) AddNode(label string) string {
	label = free(label, func(s string) bool {
		return slices.ContainsFunc(m.Graph.Nodes, func(n Node) bool { return n.Label == s })
	})
	key := free("node", func(s string) bool { return m.Graph.node(s) >= 0 })
	m.Graph.Nodes = append(m.Graph.Nodes, Node{Key: key, Label: label, Type: NodeOutcome})
	return key
}

// RemoveNode takes a node and its edges out; patterns that sought it seek
// nothing, and contexts whose act it was take their own gap again.
func (m *Model) RemoveNode(key string) {
	m.Graph.Nodes = slices.DeleteFunc(m.Graph.Nodes, func(n Node) bool { return n.Key == key })
	m.Graph.Edges = slices.DeleteFunc(m.Graph.Edges, func(e Edge) bool { return e.From == key || e.To == key })
	for i := range m.Patterns {
		if m.Patterns[i].Target == key {
			m.Patterns[i].Target = ""
		}
	}
	for i := range m.Contexts {
		if m.Contexts[i].Act == key {
			m.Contexts[i].Act = ""
		}
	}
}

// SetEdge adds an edge, or replaces the one between the same nodes.
func (g *Graph) SetEdge(e Edge) {
	i := slices.IndexFunc(g.Edges, func(o Edge) bool { return o.From == e.From && o.To == e.To })
	if i < 0 {
		g.Edges = append(g.Edges, e)
		return
	}
	g.Edges[i] = e
}

// RemoveEdge takes the edge between two nodes out.
func (g *Graph) RemoveEdge(from, to string) {
	g.Edges = slices.DeleteFunc(g.Edges, func(e Edge) bool { return e.From == from && e.To == to })
}
